"use strict";
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var words = data.words, texts = data.texts;
  var locale = document.documentElement.lang;
  var collator = new Intl.Collator(locale, { numeric: true });
  document.documentElement.classList.add("js");

  function say(key, values) {
    return words[key].replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }
  function label(group, code) {
    if (code === "") { code = "none"; }
    return words[group + "." + code] || String(code);
  }
  function count(n) { return n.toLocaleString(locale); }
  function make(tag, name, text) {
    var node = document.createElement(tag);
    if (name) { node.className = name; }
    if (text !== undefined) { node.textContent = text; }
    return node;
  }
  function fold(text) { return text.toLocaleLowerCase(locale).normalize("NFC"); }

  // A measure as the page's data holds it.
  var M = { text: 0, start: 1, end: 2, numbers: 3, heading: 4, intro: 5, group: 6, title: 7, page: 8, area: 9, second: 10,
    unsure: 11, strength: 12, specific: 13, numeric: 14, direction: 15, deadline: 16, actor: 17 };
  // A numeric promise.
  var P = { group: 0, measure: 1, amount: 2, text: 3, kind: 4, size: 5, role: 6, direction: 7, deadline: 8, area: 9,
    title: 10, page: 11 };

  function source(title, page) { return title + (page ? ", " + say("page.short", { page: page }) : ""); }

  function quoted(row) {
    var quote = make("blockquote"), text = texts[row[M.text]], intro = texts[row[M.intro]];
    var start = row[M.start], end = row[M.end], cuts = [0, text.length], mark = null;
    if (intro) { quote.append(make("span", "intro", intro), " "); }
    if (start >= 0) { cuts.push(start, end); }
    row[M.numbers].forEach(function (place) { cuts.push(place[0], place[1]); });
    cuts.sort(function (a, b) { return a - b; });
    for (var i = 0; i + 1 < cuts.length; i += 1) {
      var left = cuts[i], right = cuts[i + 1];
      if (left === right) { continue; }
      var number = row[M.numbers].some(function (place) { return place[0] <= left && right <= place[1]; });
      var piece = number ? make("span", "number", text.slice(left, right)) : text.slice(left, right);
      if (start >= 0 && start <= left && right <= end) {
        if (!mark) { mark = make("mark"); quote.append(mark); }
        mark.append(piece);
      } else {
        quote.append(piece);
      }
    }
    return quote;
  }

  function measure(row) {
    var item = make("li", "measure"), where = make("p", "where"), codes = make("ul", "codes");
    if (row[M.area]) { item.style.setProperty("--c", "var(--area-" + row[M.area] + ")"); }
    where.append(make("b", "", texts[row[M.group]]), " ",
      make("span", "", source(texts[row[M.title]], row[M.page])));
    if (texts[row[M.heading]]) { where.append(" ", make("span", "under", texts[row[M.heading]])); }
    codes.append(make("li", "area", label("area", row[M.area])));
    if (row[M.second]) { codes.append(make("li", "second", label("area", row[M.second]))); }
    if (row[M.unsure]) { codes.append(make("li", "unsure", words["tag.unsure"])); }
    codes.append(make("li", "", label("strength", row[M.strength])),
      make("li", "", label("specific", String(Boolean(row[M.specific])))),
      make("li", "", label("direction", row[M.direction])));
    if (row[M.numeric]) { codes.append(make("li", "", words["numeric.true"])); }
    if (row[M.deadline]) { codes.append(make("li", "", say("tag.deadline", { deadline: row[M.deadline] }))); }
    if (row[M.actor] && row[M.actor] !== "vi") { codes.append(make("li", "", say("tag.actor", { actor: row[M.actor] }))); }
    item.append(where, quoted(row), codes);
    return item;
  }

  function promise(row) {
    var line = make("tr"), head = make("th", "", row[P.group]);
    line.setAttribute("role", "row");
    head.scope = "row";
    head.setAttribute("role", "rowheader");
    line.append(head);
    function cell(key) {
      var node = make("td");
      node.setAttribute("role", "cell");
      node.dataset.label = words["col." + key];
      node.append.apply(node, Array.prototype.slice.call(arguments, 1));
      line.append(node);
    }
    var dot = make("span", "dot");
    dot.style.setProperty("--c", "var(--area-" + (row[P.area] || "annet") + ")");
    var area = make("span", "dotted");
    area.append(dot, label("area", row[P.area]));
    cell("promise", make("span", "", row[P.measure]), " ", make("small", "", source(row[P.title], row[P.page])));
    if (row[P.text]) {
      cell("amount", make("b", "", row[P.amount]), " ", make("small", "", "«" + row[P.text] + "»"));
    } else {
      cell("amount", make("b", "", row[P.amount]));
    }
    if (row[P.direction]) {
      cell("role", make("span", "", row[P.role]), " ", make("small", "", row[P.direction]));
    } else {
      cell("role", make("span", "", row[P.role]));
    }
    cell("deadline", row[P.deadline]);
    cell("area", area);
    return line;
  }

  // A list that shows the rows that pass its filters, a stretch at a time.
  function list(options) {
    var form = document.getElementById(options.name + "-filters");
    if (!form) { return null; }
    var holder = options.holder, status = document.getElementById(options.name + "-count");
    var more = document.getElementById(options.name + "-more");
    var fields = Object.keys(options.fields), rows = options.rows.slice(), limit = options.first, hay = null;

    function passes(row, i, chosen, needles, except) {
      for (var k = 0; k < fields.length; k += 1) {
        var field = fields[k];
        if (field !== except && chosen[field] !== "*" && !options.has(field, row, chosen[field])) { return false; }
      }
      if (!needles.length) { return true; }
      if (!hay) { hay = new Map(); }
      var text = hay.get(row);
      if (text === undefined) { text = fold(options.search(row)); hay.set(row, text); }
      return needles.every(function (needle) { return text.indexOf(needle) >= 0; });
    }

    function fill(field, chosen, needles) {
      var select = form.elements[field], tally = new Map();
      options.fields[field].forEach(function (value) { tally.set(value, 0); });
      var all = 0;
      rows.forEach(function (row, i) {
        if (!passes(row, i, chosen, needles, field)) { return; }
        all += 1;
        options.values(field, row).forEach(function (value) { tally.set(value, (tally.get(value) || 0) + 1); });
      });
      select.replaceChildren(new Option(words["filter.all"] + " (" + count(all) + ")", "*"));
      tally.forEach(function (n, value) {
        var option = new Option(options.label(field, value) + " (" + count(n) + ")", value);
        option.disabled = n === 0 && chosen[field] !== value;
        select.add(option);
      });
      select.value = chosen[field];
    }

    function draw() {
      var chosen = {};
      fields.forEach(function (field) { chosen[field] = form.elements[field].value || "*"; });
      var needles = fold(form.elements.search.value).split(/\s+/).filter(Boolean);
      var found = rows.filter(function (row, i) { return passes(row, i, chosen, needles, null); });
      fields.forEach(function (field) { fill(field, chosen, needles); });
      var shown = found.slice(0, limit);
      holder.replaceChildren.apply(holder, shown.map(options.draw));
      status.textContent = found.length
        ? say("filter.count", { shown: count(shown.length), found: count(found.length), total: count(rows.length) })
        : words["filter.none"];
      var left = Math.min(options.step, found.length - shown.length);
      more.hidden = left <= 0;
      more.textContent = say("filter.more", { n: count(left) });
    }

    var waiting = 0;
    function change() { limit = options.first; draw(); }
    form.addEventListener("change", change);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(function () {
      fields.forEach(function (field) { form.elements[field].value = "*"; });
      change();
    }, 0); });
    form.elements.search.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(change, 120); });
    more.addEventListener("click", function () {
      var at = holder.children.length;
      limit += options.step;
      draw();
      var next = holder.children[at];
      if (next) { next.tabIndex = -1; next.focus({ preventScroll: true }); }
    });
    draw();
    return {
      choose: function (values) {
        form.reset();
        clearTimeout(waiting);
        setTimeout(function () {
          fields.forEach(function (field) { form.elements[field].value = values[field] || "*"; });
          change();
        }, 0);
      },
      sort: function (compare) { rows.sort(compare); change(); }
    };
  }

  function distinct(rows, value) {
    return Array.from(new Set(rows.map(value))).sort(collator.compare);
  }
  function codes(group) {
    return Object.keys(words).filter(function (key) { return key.indexOf(group + ".") === 0 && key !== group + ".none"; })
      .map(function (key) { return key.slice(group.length + 1); });
  }

  var narrow = window.matchMedia("(max-width: 46rem)").matches;
  var flags = ["true", "false"];
  var measureList = list({
    name: "measure", rows: data.measures, first: data.first[0], step: 100, draw: measure,
    holder: document.getElementById("measure-list"),
    fields: {
      group: distinct(data.measures, function (row) { return texts[row[M.group]]; }), area: codes("area"),
      strength: codes("strength"), specific: flags, numeric: flags, direction: codes("direction")
    },
    values: function (field, row) {
      if (field === "group") { return [texts[row[M.group]]]; }
      if (field === "specific" || field === "numeric") { return [String(Boolean(row[M[field]]))]; }
      return [row[M[field]]];
    },
    has: function (field, row, value) { return this.values(field, row).indexOf(value) >= 0; },
    label: function (field, value) { return field === "group" ? value : label(field, value); },
    search: function (row) {
      return [texts[row[M.intro]], texts[row[M.text]], texts[row[M.heading]], texts[row[M.title]], texts[row[M.group]]].join("\n");
    }
  });

  var promiseTable = document.getElementById("promises");
  var promiseList = promiseTable && list({
    name: "promise", rows: data.promises, first: narrow ? 12 : data.first[1], step: narrow ? 50 : 100, draw: promise,
    holder: promiseTable.tBodies[0],
    fields: {
      group: distinct(data.promises, function (row) { return row[P.group]; }), area: codes("area"),
      kind: codes("kind"), deadline: flags
    },
    values: function (field, row) { return field === "deadline" ? [String(Boolean(row[P.deadline]))] : [row[P[field]]]; },
    has: function (field, row, value) { return this.values(field, row)[0] === value; },
    label: function (field, value) {
      if (field === "group") { return value; }
      return label(field === "deadline" ? "filter.deadline" : field, value);
    },
    search: function (row) { return [row[P.group], row[P.measure], row[P.amount], row[P.text], row[P.title]].join("\n"); }
  });

  if (promiseList) {
    var orders = [
      function (a, b) { return collator.compare(a[P.group], b[P.group]); },
      function (a, b) { return collator.compare(a[P.measure], b[P.measure]); },
      function (a, b) { return collator.compare(a[P.kind], b[P.kind]) || a[P.size] - b[P.size]; },
      function (a, b) { return collator.compare(a[P.role] + a[P.direction], b[P.role] + b[P.direction]); },
      function (a, b) { return !a[P.deadline] - !b[P.deadline] || collator.compare(a[P.deadline], b[P.deadline]); },
      function (a, b) { return collator.compare(label("area", a[P.area]), label("area", b[P.area])); }
    ];
    Array.prototype.forEach.call(promiseTable.tHead.rows[0].cells, function (head, column) {
      var button = make("button", "", head.textContent.trim());
      button.type = "button";
      head.replaceChildren(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        Array.prototype.forEach.call(promiseTable.tHead.rows[0].cells, function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        promiseList.sort(function (a, b) { return down ? orders[column](b, a) : orders[column](a, b); });
      });
    });
  }

  if (measureList) {
    document.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a[data-area]");
      if (link) { measureList.choose({ group: link.dataset.group, area: link.dataset.area }); }
    });
  }
}());

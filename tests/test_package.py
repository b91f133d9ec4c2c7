"""The package as a user gets it: quick to import, complete in the wheel, and its README true."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import policytext as pt

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("spacy", "sklearn", "pandas", "matplotlib", "trafilatura", "pypdfium2", "scipy", "numpy")


@pytest.mark.parametrize("name", pt.__all__)
def test_every_public_name_can_be_had(name):
    assert getattr(pt, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'analyse'"):
        _ = pt.analyse


def test_public_functions_stay_functions_whatever_was_imported_first():
    code = (
        "import policytext as pt; pt.Comparison; pt.Validation; import policytext.cli; pt.report; pt.compare;"
        "assert all(callable(f) for f in (pt.compare, pt.report, pt.validate, pt.analyze, pt.annotate))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT / "src")


@pytest.mark.parametrize("module", ["policytext", "policytext.cli"])
def test_importing_loads_nothing_heavy(module):
    code = f"import {module}, sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT / "src")
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    ("arguments", "status", "shown"),
    [
        pytest.param(["--version"], 0, pt.__version__, id="an option"),
        pytest.param(["models"], 0, "no_policytext_sm", id="a command"),
        pytest.param(["modells"], 2, "No such command", id="no command"),
    ],
)
def test_the_module_runs_as_the_command_does(arguments, status, shown):
    command = [sys.executable, "-m", "policytext", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT / "src")
    assert done.returncode == status
    assert shown in (done.stderr if status else done.stdout)


def test_the_readme_shows_a_picture_that_exists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", readme)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_models_rules_and_the_bundled_corpus(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "policytext/py.typed",
        "policytext/models/areas/README.md",
        "policytext/corpora/distrikt/metadata.csv",
    ):
        assert name in names
    assert any(name.startswith("policytext/data/rules/") for name in names)
    for model in (path for path in (ROOT / "models").iterdir() if path.is_dir()):
        assert f"policytext/models/{model.name}/README.md" in names
    assert not [name for name in names if "__pycache__" in name]


def test_the_wheel_leaves_out_what_only_trains_and_builds(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    trained_on = [name for name in names if name.startswith("policytext/models/") and name.endswith("_codes.csv")]
    assert trained_on + [name for name in names if "__source__" in name] == []
    assert [name for name in names if name.startswith("policytext/models/") and name.endswith(".py")] == []
    assert (ROOT / "models/measures/written_codes.csv").is_file()


@pytest.mark.slow
def test_the_wheel_runs_the_main_job_away_from_the_checkout(wheel, tmp_path):
    environment = tmp_path / "env"
    venv.EnvBuilder(with_pip=False, symlinks=True).create(environment)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    site = Path(sysconfig.get_path("purelib", vars={"base": str(environment), "platbase": str(environment)}))
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}

    def run(*command):
        return subprocess.run(
            list(map(str, command)),
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=clean,
            check=False,
        )

    install = ("-m", "pip", "--python", scripts / "python", "install", "--no-deps", "--no-index", wheel)
    installed = run(sys.executable, *install)
    assert installed.returncode == 0, installed.stderr
    # The dependencies come from this interpreter's own site-packages; policytext itself only from the wheel.
    libraries = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (site / "dependencies.pth").write_text("".join(f"{path}\n" for path in libraries), encoding="utf-8")
    where = run(scripts / "python", "-c", "import policytext; print(policytext.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(site)
    done = run(scripts / "policytext", "analyze", "--out", "ut")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ut" / "report.html").stat().st_size > 50_000
    assert len(pt.load_analysis(tmp_path / "ut").documents) >= 12

"""Reading: files, folders and tables to documents.

`read_document`, `iter_documents` and `read_corpus` are the way in; each format has a module of its own.
"""

from policytext.ingest.read import iter_documents, read_corpus, read_document

__all__ = ["iter_documents", "read_corpus", "read_document"]

"""Many documents: several processes, runs that can be taken up again, and runs repeated by a stranger."""

from policytext.batch.replication import Replication, replicate
from policytext.batch.run import analyze_files

__all__ = ["Replication", "analyze_files", "replicate"]

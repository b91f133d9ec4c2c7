"""``python -m policytext``: the command, where its script is not on the path."""

from policytext.cli import main

if __name__ == "__main__":
    main()

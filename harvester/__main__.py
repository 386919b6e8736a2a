"""`python -m harvester` is `harvest`."""

from harvester.cli import main

if __name__ == "__main__":
    main()

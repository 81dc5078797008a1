"""`python -m bench` is `dateline`."""

from bench.cli import main

if __name__ == "__main__":
    main()

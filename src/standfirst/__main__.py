"""`python -m standfirst` is the `standfirst` command."""

from standfirst.project.cli import main

if __name__ == "__main__":
    main()

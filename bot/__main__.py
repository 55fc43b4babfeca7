"""`python -m bot`: the same as `runner-up`, where this folder lies open and only its requirements were installed.

Hosts that read a Procfile install requirements.txt and not the project, so there is no `runner-up` to be found.
"""

from bot.cli import main

if __name__ == "__main__":
    main()

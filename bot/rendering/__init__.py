"""A logged call made readable: as lines of text, as one HTML file, as a picture, and what the review says about it.

Nothing here asks or stores; the chat and the command line show what comes from here.
"""

"""The portal of the person concerned: phone first, one thing a page, plain words, and nothing typed is ever lost."""

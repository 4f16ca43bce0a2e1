"""The words of schedules, a module for each subject: a regular expression that finds them, a function that reads them.

English and Spanish; names of days in a few languages more. The expressions are linear: no nested repeats, and each
repeat is bounded. They are matched without regard to case (`re.I`).
"""

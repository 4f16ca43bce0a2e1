"""Directories on paper, in PDF or plain text: columns, running heads, lines, where entries begin, what they hold."""

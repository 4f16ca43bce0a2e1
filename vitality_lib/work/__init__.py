"""How work is shared among workers and survives them: who is alive, who holds what, what was done, how to end."""

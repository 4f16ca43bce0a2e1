"""What makes a parish record: names, addresses, states, whether it lives, when two rows are one, the sifted list."""

"""A nation of national size, invented from a seed and served on loopback, for figures of time, memory and manners."""

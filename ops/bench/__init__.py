"""The benchmark: an echo turn of Parlor, whole, beside a hand-written bot and a bot library, in one interleaved run.

`make bench` runs it (docs/performance.md says how to read it and holds the last table). Everything is on this machine: the
bots, a load generator that is also the chat platform, PostgreSQL and Redis. Nothing of the server imports this package.
"""

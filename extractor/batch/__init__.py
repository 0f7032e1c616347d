"""Many filings: each worked on by `work.brief_one`, whatever it runs on, with a state that no interruption loses.

names -> inputs -> Source -> store (which are new?) -> pool (brief_one) -> Outcome -> store -> outputs

By a server's Batch API (`deferred`) the same work is done twice: first what it asks is noted and sent, days later it is
answered; `ledger` is what is known between.
"""

"""Many filings: each worked on by `work.brief_one`, whatever it runs on, with a state that no interruption loses.

names -> inputs -> Source -> store (which are new?) -> pool (brief_one) -> Outcome -> store -> outputs
"""

"""Finds out which locations are still available.

`checks.policy` knows what to ask and what answers mean, without any network; `checks.client` asks. Its door is
`harvester.checks.client.entry`, which loads asyncio and the network: whoever may do without imports it late.
"""

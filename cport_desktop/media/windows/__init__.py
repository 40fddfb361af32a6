"""The sandbox on Windows: a process for each child, in a job, in an AppContainer without capabilities.

Written without a Windows machine, and used on none until it has passed the contract there (`proof`).
"""

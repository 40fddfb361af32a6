"""Updates that come as one file, without any network: reading, trusting, unpacking, proving, placing.

`bundle` reads the file, `trust` decides by The Update Framework what in it is believed, `unpacking`
lays an application out, `proof` has it show that it works, `shelf` keeps versions beside each other and
changes what is in force by one renaming. Nothing here knows a vault. See docs/formats/update_bundle.md.
"""

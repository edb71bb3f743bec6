"""Pages for people: a store's records, versions and runs as HTML, in a folder of files or from a server.

Pages are text made of what the store holds and of `Links`, which say how they refer to each other. No page loads
anything but the assets beside it, and none holds a script or style of its own, so that its policy (CSP) can be strict.
"""

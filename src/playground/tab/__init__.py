"""Python that runs inside the tab: its event loop, its network, and what runs a program."""

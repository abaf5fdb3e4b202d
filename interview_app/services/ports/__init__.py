"""What the services need of the world, each port as small as its use.

Calls that can take long block and are made inside a job.
"""

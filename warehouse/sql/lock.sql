-- From here on the connection's instance reads the named files only, and nothing changes that.
SET allowed_paths = {{texts .Files}};
SET enable_external_access = false;
SET lock_configuration = true

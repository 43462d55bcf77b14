-- From here on the import's instance reaches the named folders and files only, and nothing changes that.
SET allowed_directories = {{texts .Folders}};
SET allowed_paths = {{texts .Files}};
SET enable_external_access = false;
SET lock_configuration = true

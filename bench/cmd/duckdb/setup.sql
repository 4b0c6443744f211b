SET threads = {threads};
SET preserve_insertion_order = false;

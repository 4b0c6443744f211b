package spool

// Said is a name that only tests need.
var Said = said

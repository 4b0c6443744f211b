// Package form writes tables in the form of a dialect: activities the way the enterprise would have
// reported them, and empty forms to be filled in.
package form

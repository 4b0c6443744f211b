// Package cases holds published scenarios as files of this program: the base, the rows, what was
// published of the years to come, and where. A test projects each and compares.
//
// Each file is a text with a few words, then its source, base, scenario and what is wanted: a year,
// a figure, a sector, its value and how near it has to be, or the verdict of the years up to one.
package cases

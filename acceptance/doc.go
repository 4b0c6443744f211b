// Package acceptance asks the whole program what others have worked out and published.
//
// A case is a worked example of somebody else: activities go in as a file, factors as a set of the
// user's own or from the library, and the figure that comes out must be the published one, within
// the tolerance the case states. docs/cases.md lists the cases and the tests that run them.
//
// The figures of the cases stand here, as facts. Where the folder shared/cases lies beside the
// project, the tests also check that they are the figures of that folder.
package acceptance

package sampling

import (
	"context"

	"carbonledger/scenarios/crew"
)

// share gives tasks 0 to n-1 to workers. Each worker calls start once, for what it needs of its
// own. Tasks must not meet: which worker does which, and when, may not show in the result. It is
// for what is done before anybody could want to stop it.
func share(workers, tasks int, start func() func(task int)) {
	_ = crew.With(context.Background(), workers, tasks, start) // nobody ends this context
}

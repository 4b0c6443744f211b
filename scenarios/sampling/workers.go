package sampling

import (
	"sync"
	"sync/atomic"
)

// share gives tasks 0 to n-1 to workers. Each worker calls start once, for what it needs of its
// own. Tasks must not meet: which worker does which, and when, may not show in the result.
func share(workers, tasks int, start func() func(task int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range max(1, min(workers, tasks)) {
		all.Go(func() {
			do := start()
			for {
				task := int(next.Add(1)) - 1
				if task >= tasks {
					return
				}
				do(task)
			}
		})
	}
	all.Wait()
}

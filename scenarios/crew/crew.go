// Package crew shares tasks out to workers. Which worker does which task, and when, is left open;
// so each task writes to a place of its own, and what comes out does not depend on how many there
// are.
package crew

import (
	"sync"
	"sync/atomic"
)

// Each lets so many workers do tasks 0 to tasks-1; fewer than one count as one.
func Each(workers, tasks int, do func(task int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range max(1, min(workers, tasks)) {
		all.Go(func() {
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

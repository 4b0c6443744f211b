package accounts

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Workers is how many share the work.
func Workers() int { return runtime.GOMAXPROCS(0) }

// Walk calls work once for every place below n, from so many workers at once, in no order. A worker
// takes as many places at once as stride says: few enough that all end together, and so many that
// they seldom meet.
func Walk(n, stride int, work func(worker, at int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for worker := range min(Workers(), (n+stride-1)/stride) {
		wait.Go(func() {
			for {
				end := int(next.Add(int64(stride)))
				for at := end - stride; at < min(end, n); at++ {
					work(worker, at)
				}
				if end >= n {
					return
				}
			}
		})
	}
	wait.Wait()
}

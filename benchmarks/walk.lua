-- wrk walks through a file of addresses, one a line, each thread from a place of its own.
local addresses = {}
local threads = 0

function setup(thread)
   thread:set("place", threads * 97)
   threads = threads + 1
end

function init(arguments)
   for line in io.lines(arguments[1]) do
      addresses[#addresses + 1] = line
   end
end

function request()
   place = place + 1
   return wrk.format("GET", addresses[place % #addresses + 1])
end

function done(summary, latency)
   local errors = summary.errors
   local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
   io.write(string.format(
      'RESULT {"requests": %d, "seconds": %f, "failed": %d, "p50": %f, "p95": %f, "p99": %f}\n',
      summary.requests, summary.duration / 1e6, failed,
      latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3
   ))
end

#pragma once

#include <cstddef>
#include <functional>

#include <sys/types.h>

namespace livery::bench {

// What some work took: by the clock, and of the processors' time, here and in the database server.
struct Cost {
    double seconds = 0;
    double own_cpu = 0;
    double server_cpu = 0;
};
Cost CostOf(pid_t server, const std::function<void()>& work);
// The memory that this process holds now.
std::size_t ResidentKib();

}  // namespace livery::bench

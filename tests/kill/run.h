#pragma once

#include <filesystem>
#include <string>

namespace livery::kills {

// What runs in the process that is killed.
struct RunArguments {
    std::filesystem::path server;  // the folder of the database
    std::string tenant;
    int subscriptions = 0;
    std::string progress;  // a file
};

// Bills month after month, from the first one that was not billed to its end. 0: all are; 1: it
// could not go on, and wants to be started again.
int RunMonths(const RunArguments& arguments);

}  // namespace livery::kills

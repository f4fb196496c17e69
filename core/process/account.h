#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

namespace livery::process {

struct Account {
    uid_t uid;
    gid_t gid;
};

// The account of that name on this machine. Thread: any; getpwnam, which keeps its answer in one
// place for all threads, is not used anywhere.
std::optional<Account> FindAccount(const std::string& name);

}  // namespace livery::process

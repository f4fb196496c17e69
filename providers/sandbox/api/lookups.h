#pragma once

#include <string>
#include <vector>

#include <livery/http/params.h>

#include "sandbox/api/operations.h"

namespace livery::sandbox {

// What can be read, by path ("payments", "pay_1") and query. Throws Refusal (404) for the rest.
struct Lookup {
    const Book& book;
    const std::string& merchant;
    const std::string& origin;
};
Done Find(const Lookup& lookup, const std::vector<std::string>& path, const Params& query);

}  // namespace livery::sandbox

#pragma once

#include <functional>
#include <string>

#include <livery/error.h>

#include "api/problem.h"

namespace livery::api {

// What a use case refused, for a program: its text keys are the codes ("error.price_changed" is
// "price_changed"), their texts the details. `words` gives the text of a key, "" when there is
// none.
Problem ProblemOf(const Error& error,
                  const std::function<std::string(const std::string& key)>& words);

}  // namespace livery::api

#pragma once

#include <nlohmann/json.hpp>

// nlohmann's JSON for host and plugins, whose members liblivery-sdk.so holds once: every file that included it alone
// compiled them again, a sixth of its time. A gateway includes <livery/gateway/json.hpp>: it stands on headers alone.
#pragma GCC visibility push(default)
extern template class nlohmann::basic_json<>;
extern template class nlohmann::basic_json<nlohmann::ordered_map>;
extern template class nlohmann::detail::serializer<nlohmann::json>;
extern template class nlohmann::detail::serializer<nlohmann::ordered_json>;
#pragma GCC visibility pop

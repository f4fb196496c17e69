#pragma once

#include <string>

#include <livery/http/request_context.h>
#include <livery/view/view.h>

namespace livery::accounts {

// A page that says one thing and leads on: the texts `<key>.title`, `.text` and `.action`.
View Message(const RequestContext& request, const std::string& key, const std::string& icon,
             const std::string& href);

}  // namespace livery::accounts

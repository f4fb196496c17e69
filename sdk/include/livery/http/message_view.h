#pragma once

#include <string>

#include <livery/http/request_context.h>
#include <livery/view/view.h>

namespace livery {

// A page that says one thing and leads on: the plugin's texts `<key>.title`, `.text` and `.action`,
// and where the last leads. `icon`: of the icon sprite.
View Message(const RequestContext& request, const std::string& key, const std::string& icon,
             const std::string& href);

}  // namespace livery

#include "dispatch/local_path.h"

#include <livery/http/response.h>

namespace livery::dispatch {

std::string LocalPathOr(std::string_view path, std::string_view otherwise) {
    return std::string(IsLocalPath(path) && path.size() <= 512 ? path : otherwise);
}

}  // namespace livery::dispatch

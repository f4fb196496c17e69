#include "dispatch/local_path.h"

#include <algorithm>

#include <livery/http/response.h>

namespace livery::dispatch {

std::string LocalPathOr(std::string_view path, std::string_view otherwise) {
    const bool plain = std::all_of(path.begin(), path.end(), [](unsigned char c) {
        return c > 0x20 && c < 0x7F && c != '\\';
    });
    return std::string(IsLocalPath(path) && plain && path.size() <= 512 ? path : otherwise);
}

}  // namespace livery::dispatch

#include "dispatch/local_path.h"

#include <algorithm>

namespace livery::dispatch {

std::string LocalPathOr(std::string_view path, std::string_view otherwise) {
    const bool rooted = !path.empty() && path[0] == '/' &&
                        (path.size() == 1 || (path[1] != '/' && path[1] != '\\'));
    const bool plain = std::all_of(path.begin(), path.end(), [](unsigned char c) {
        return c > 0x20 && c < 0x7F && c != '\\';
    });
    return std::string(rooted && plain && path.size() <= 512 ? path : otherwise);
}

}  // namespace livery::dispatch

#include <livery/http/request.h>

namespace livery {

std::string_view ToString(Method method) {
    switch (method) {
        case Method::kGet:
            return "GET";
        case Method::kHead:
            return "HEAD";
        case Method::kPost:
            return "POST";
        case Method::kPut:
            return "PUT";
        case Method::kPatch:
            return "PATCH";
        case Method::kDelete:
            return "DELETE";
        case Method::kOptions:
            return "OPTIONS";
    }
    return "";
}

bool IsSafe(Method method) {
    return method == Method::kGet || method == Method::kHead || method == Method::kOptions;
}

}  // namespace livery

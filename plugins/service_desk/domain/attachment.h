#pragma once

#include <cstdint>
#include <string>

#include <livery/ids.h>

namespace livery::service_desk {

struct AttachmentTag {
    static constexpr std::string_view kPrefix = "att";
};
using AttachmentId = Id<AttachmentTag>;

// A file as somebody sent it: neither its name nor what it says of itself is to be believed.
struct Upload {
    std::string name;
    std::string content;
};

// A file that is kept, and belongs to a message. Its content lies under its hash.
struct Attachment {
    AttachmentId id;
    std::string name;       // cleaned
    std::string mime_type;  // as its content was sniffed
    std::int64_t size = 0;  // bytes
    std::string sha256;     // of the content, in lower-case hexadecimal
    bool operator==(const Attachment&) const = default;
};

}  // namespace livery::service_desk

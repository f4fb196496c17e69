#pragma once

#include <optional>
#include <string>

#include <livery/config/object_schema.h>

#include "domain/desk.h"

namespace livery::service_desk {

// The section `mail` of the file, as written.
struct ImapEntry {
    std::string url;
    std::string host;
    int port = 993;
    std::string user;
    std::string secret;
    std::string processed = "Processed";
    std::string failed = "Failed";
    static const config::ObjectSchema<ImapEntry>& Schema();
};
struct MailEntry {
    std::string address;
    std::string category;
    int most_megabytes = 25;
    std::optional<ImapEntry> imap;
    static const config::ObjectSchema<MailEntry>& Schema();
};

// What it says; what is wrong with it is reported at `node`, which is the whole file. `desk` has
// its categories already.
DeskMail ReadDeskMail(const MailEntry& entry, const Desk& desk, const config::Node& node,
                      const config::Reader& reader);

}  // namespace livery::service_desk

#pragma once

#include <string_view>
#include <vector>

#include <livery/ports/mailbox.h>

namespace livery::mail {

// What a server answers to `UID SEARCH` and to `UID FETCH … (UID RFC822.SIZE)`: lines that begin
// with an asterisk, in any order, among others that nobody asked for.
std::vector<std::uint32_t> FoundUids(std::string_view answer);
std::vector<Mailbox::Waiting> StatedSizes(std::string_view answer);

}  // namespace livery::mail

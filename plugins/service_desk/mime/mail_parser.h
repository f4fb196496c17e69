#pragma once

#include <cstddef>
#include <string_view>

#include <livery/result.h>

#include "domain/incoming_mail.h"

namespace livery::service_desk {

// What of a mail is read. What is decoded is never more than what came, so that its size is bound
// by whoever lets it in.
struct MailLimits {
    std::size_t parts = 200;       // of all; deeper or wider, it is no mail of a person's
    std::size_t text = 1U << 20U;  // bytes of what is read as words
    std::size_t attachments = 20;
    std::size_t recipients = 100;
    std::size_t references = 100;
};

// Bytes of the world to values, by GMime. kInvalidArgument: it says nobody's address, or has more
// parts than are taken. Thread: any.
Result<IncomingMail> ParseMail(std::string_view bytes, const MailLimits& limits = {});

}  // namespace livery::service_desk

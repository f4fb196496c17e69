#pragma once

#include <livery/cli/command.h>

#include "app/incoming_mail.h"

namespace livery::service_desk {

// `livery mail-in`: one mail from standard input, as a mail server's pipe gives it.
Command MailInCommand(const MailIn& mails);

}  // namespace livery::service_desk

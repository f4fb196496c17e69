#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include <livery/time/clock.h>

#include "db/mariadb_database.h"
#include "mail/transport.h"

namespace livery::mail {

struct DueMessage;

// Empties the outbox in a thread of its own, so that no request waits for a mail server. Several
// hosts may do so at a time: a message is claimed by one conditional UPDATE before it is sent. A
// host that dies between sending and noting it sends the message once more (same Message-ID).
class Delivery {
 public:
    // Makes what goes with a mail. Where it cannot, the mail waits as for a server that is away,
    // and goes without it after the fifth time.
    using MakeFile = std::function<Result<MailFile>(const TenantId&, const Message::Enclosed&)>;
    Delivery(db::MariadbDatabase& database, const Clock& clock, Transport& transport,
             MakeFile make_file);
    ~Delivery();
    // One round; how many were sent. For tests and for the thread.
    int Deliver();

 private:
    bool DeliverOne(const DueMessage& due);
    void Send(const DueMessage& due, Message message);
    void Run();

    db::MariadbDatabase& database_;
    const Clock& clock_;
    Transport& transport_;
    const MakeFile make_file_;
    std::mutex mutex_;  // guards stopping_
    std::condition_variable stop_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace livery::mail

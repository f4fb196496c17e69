#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <livery/db/database.h>
#include <livery/result.h>
#include <livery/tenancy/tenant.h>
#include <livery/view/formatter.h>
#include <livery/view/view_model.h>

namespace livery {

// A message made from the plugin's texts `mail.<name>.subject` and `.text` (which inboxes show
// beside the subject). It is the theme's letter: `.heading`, the model's `name`, `.text`, and a
// button `.action` to the model's `url`; unless the plugin brings templates `mail/<name>.html` and
// `mail/<name>.txt`.
struct Mail {
    std::string plugin;
    std::string name;
    std::string to_address;
    std::string to_name;
    std::string language;  // "" = the tenant's default
    ViewModel model;
    // Figures that the letter shows below its text, as they are read in its language: the formatter
    // has the plugin's texts. Called during Enqueue. None: it shows no figures.
    struct Fact {
        std::string label;
        std::string value;
    };
    std::function<std::vector<Fact>(const Formatter&)> facts = {};
    // What the plugin's MailFiles calls the file that goes with it; "" = none does.
    std::string file = "";
    // Of what it is about, as people call it: `{number}` in the text of its subject.
    std::string number = "";
    // Whose words the letter brings, below its text: as they were written, lines and all.
    std::string words = "";
    // Where it stands among other mails, for programs that sort them: ids without angle brackets.
    struct Thread {
        std::string message_id;               // "" = one of its own
        std::vector<std::string> references;  // the oldest first; the last is what it answers
        // Where answers go, if not to the sender. The letter then begins with a line above which
        // they are expected.
        std::string reply_to;
    };
    Thread thread = {};
    // Sent from the empty return path: nothing ever comes back to what says that a mail failed.
    bool is_bounce = false;
};

struct MailFile {
    std::string name;  // "RC-2026-000001.pdf": ASCII
    std::string mime_type;
    std::string bytes;
};

// Makes the files that go with a plugin's mails, when they are sent: no transaction waits for one,
// and none is kept. Where one cannot be made, its mail waits and is tried again. Thread: the one
// that delivers mail; no transaction is open.
class MailFiles {
 public:
    virtual ~MailFiles();
    virtual Result<MailFile> Make(const Tenant& tenant, const std::string& file) = 0;
};

// Sends mail. Enqueue renders it and writes it in the caller's transaction; a job delivers it
// after the commit, again and again until the server takes it: no mail for what did not happen,
// none lost for what did. Thread: any.
class Mailer {
 public:
    static constexpr std::string_view kPortId = "livery.mailer/1";
    virtual ~Mailer();
    virtual void Enqueue(db::Transaction& tx, const Tenant& tenant, const Mail& mail) = 0;
    // Of that plugin's mails. Thread: main, during Register only.
    virtual void MakeFilesOf(const std::string& plugin, std::shared_ptr<MailFiles> files) = 0;
};

}  // namespace livery

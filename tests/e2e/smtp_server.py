"""A mail server for a test: Python's smtpd. Prints each message as one line of JSON."""
import asyncore, json, smtpd, sys


class Server(smtpd.SMTPServer):
    def process_message(self, peer, mailfrom, rcpttos, data, **kwargs):
        text = data.decode("utf-8")
        if "defer@" in "".join(rcpttos) and not getattr(self, "deferred", False):
            self.deferred = True
            return "451 Please try again later"
        print(json.dumps({"from": mailfrom, "to": rcpttos, "data": text}), flush=True)
        return None


server = Server(("127.0.0.1", int(sys.argv[1])), None, decode_data=False)
print("ready", flush=True)
asyncore.loop()

/*
 * One CRT-288K that is plugged in for as long as this program runs: a HID device made by /dev/uhid, whose reports go to and come
 * from a TCP port of 127.0.0.1. It knows nothing of what they say.
 *
 *     uhid PORT SERIALNUMBER
 *
 * Says «plugged in» once a driver of the kernel has taken the device. When the connection ends, so does the device, and the program.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <linux/uhid.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REPORT = 64 };

/* Vendor's own page; reports without numbers: 64 bytes in, 64 out, a feature of 32. */
static const unsigned char DESCRIPTOR[] = {
	0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01,
	0x09, 0x02, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x40, 0x81, 0x02,
	0x09, 0x03, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x40, 0x91, 0x02,
	0x09, 0x04, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x20, 0xb1, 0x02,
	0xc0,
};

static int device = -1, line = -1;

static void fail(const char *what)
{
	fprintf(stderr, "uhid: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void tell(const struct uhid_event *event)
{
	if (write(device, event, sizeof *event) < 0) fail("/dev/uhid");
}

static void unplug(void)
{
	struct uhid_event event = { .type = UHID_DESTROY };
	tell(&event);
	exit(0);
}

static void dial(int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };
	int on = 1;
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	line = socket(AF_INET, SOCK_STREAM, 0);
	if (line < 0 || connect(line, (struct sockaddr *)&at, sizeof at) < 0) fail("127.0.0.1");
	setsockopt(line, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static void plug_in(const char *serial)
{
	struct uhid_event event = { .type = UHID_CREATE2 };
	struct uhid_create2_req *create = &event.u.create2;
	device = open("/dev/uhid", O_RDWR | O_CLOEXEC);
	if (device < 0) fail("/dev/uhid");
	strcpy((char *)create->name, "CREATOR CRT-288K");
	snprintf((char *)create->uniq, sizeof create->uniq, "%s", serial);
	create->bus = BUS_USB;
	create->vendor = 0x23d8;
	create->product = 0x0285;
	create->rd_size = sizeof DESCRIPTOR;
	memcpy(create->rd_data, DESCRIPTOR, sizeof DESCRIPTOR);
	tell(&event);
}

/* A report from the host: on the bus it has no number, though the system begins it with a 0. One that is too short gets nowhere. */
static void pass_on(const struct uhid_output_req *output)
{
	if (output->size != REPORT + 1 || output->data[0] != 0) {
		fprintf(stderr, "uhid: a report of %d bytes that begins with %02x is dropped\n", output->size, output->data[0]);
		return;
	}
	if (send(line, output->data + 1, REPORT, MSG_NOSIGNAL) < 0) unplug();
}

static void obey(void)
{
	static unsigned char feature[33];
	struct uhid_event event, reply = { 0 };
	if (read(device, &event, sizeof event) < 0) fail("/dev/uhid");
	switch (event.type) {
	case UHID_START:
		puts("plugged in");
		fflush(stdout);
		break;
	case UHID_OUTPUT:
		pass_on(&event.u.output);
		break;
	case UHID_GET_REPORT:
		reply.type = UHID_GET_REPORT_REPLY;
		reply.u.get_report_reply.id = event.u.get_report.id;
		reply.u.get_report_reply.size = sizeof feature;
		memcpy(reply.u.get_report_reply.data, feature, sizeof feature);
		tell(&reply);
		break;
	case UHID_SET_REPORT:
		memcpy(feature, event.u.set_report.data,
		       event.u.set_report.size < sizeof feature ? event.u.set_report.size : sizeof feature);
		reply.type = UHID_SET_REPORT_REPLY;
		reply.u.set_report_reply.id = event.u.set_report.id;
		tell(&reply);
		break;
	}
}

/* What comes from the port is cut into whole reports again, wherever TCP cut it. */
static void hear(void)
{
	static unsigned char held[REPORT];
	static int have;
	int got = recv(line, held + have, sizeof held - have, 0);
	if (got <= 0) unplug();
	have += got;
	if (have < REPORT) return;
	have = 0;
	struct uhid_event event = { .type = UHID_INPUT2 };
	event.u.input2.size = REPORT;
	memcpy(event.u.input2.data, held, REPORT);
	tell(&event);
}

int main(int count, char **arguments)
{
	if (count != 3) {
		fputs("usage: uhid PORT SERIALNUMBER\n", stderr);
		return 2;
	}
	dial(atoi(arguments[1]));
	plug_in(arguments[2]);
	for (;;) {
		struct pollfd both[] = { { .fd = device, .events = POLLIN }, { .fd = line, .events = POLLIN } };
		if (poll(both, 2, -1) < 0) fail("poll");
		if (both[0].revents) obey();
		if (both[1].revents) hear();
	}
}
